"""Taking part: pledges, contests, quizzes, consultations."""

from cms.campaigns.participation.models.activities import ActivityPage, TakePartPage
from cms.campaigns.participation.models.consultations import Comment, ConsultationPage
from cms.campaigns.participation.models.contests import ContestPage, Entry, JuryScore, Vote
from cms.campaigns.participation.models.pledges import Pledge, PledgePage
from cms.campaigns.participation.models.quizzes import KnowledgeQuizPage, QuizTally

__all__ = [
    "ActivityPage",
    "Comment",
    "ConsultationPage",
    "ContestPage",
    "Entry",
    "JuryScore",
    "KnowledgeQuizPage",
    "Pledge",
    "PledgePage",
    "QuizTally",
    "TakePartPage",
    "Vote",
]
