"""Attempts at quizzes: drawing the questions, saving answers, handing in, marking."""
