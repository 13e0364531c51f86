"""Why a result is as it is: what a pair fits in, what else there was, who was left out."""
