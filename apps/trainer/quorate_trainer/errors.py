class TrainerError(Exception):
    """What went wrong, what was seen and what to do, in one message for the person at the terminal."""
