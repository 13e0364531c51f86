"""What a mentee answers, step by step, as a form sends it."""

from typing import Any

PAGE = "/heide/profile/"
SPOKEN = {"language_1": "de", "level_1": "B1", "language_2": "ar", "level_2": "C2"}
WORK = {"occupation": "7411", "sectors": ["43"]}
LEARNED = {
    "level": "4",
    "qualification_name": "دبلوم",
    "field_1": "0713",
    "qualification_country": "SY",
    "recognition": "applied",
}
DONE = {"past_occupation": "7411", "experience_years": "5"}
MEETING = {
    "postal_code-words": "25746",
    "modes": ["online"],
    "travel": ["bus"],
    "reach_km": "",
    "slots": ["sa-am", "mo-eve"],
}
NEEDS = {"topics": ["interview", "network"], "about": "Ich möchte wieder arbeiten.\r\nBald."}
WISHES = {"avoid_words": "Meine alte Firma."}
STEPS: dict[str, dict[str, Any]] = {
    "languages": SPOKEN,
    "work": WORK,
    "qualification": LEARNED,
    "experience": DONE,
    "meeting": MEETING,
    "needs": NEEDS,
    "wishes": WISHES,
}
