"""What a learner sees while learning, and what their browser says."""
