"""The short lists of codes whose words come from the message catalogues."""

LEVELS = (1, 2, 3, 4, 5, 6, 7, 8)
CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")
RECOGNITION = ("none", "applied", "partial", "full", "not_needed")
NEEDS = (
    "network",
    "applications",
    "interview",
    "recognition",
    "technical_german",
    "work_culture",
    "further_training",
    "leadership",
    "self_employment",
    "internship",
)
MODES = ("in_person", "online")
TRAVEL = ("bicycle", "bus", "car")
GENDERS = ("f", "m", "x")
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
TIMES_OF_DAY = ("am", "pm", "eve")
SLOTS = tuple(f"{day}-{time}" for day in DAYS for time in TIMES_OF_DAY)
