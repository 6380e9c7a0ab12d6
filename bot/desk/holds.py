"""Holds: why a consultation is kept past its time, from a closed list, so that no name gets into a reason."""

from enum import StrEnum


class HoldReason(StrEnum):
    """Why somebody needs a record to stay."""

    COURT = "court"  # proceedings, or an order to keep what there is
    COMPLAINT = "complaint"
    PRACTICE_REVIEW = "practice_review"  # a review of what was done by the partnership, or a rapid one
    POLICE = "police"
    ACCESS_REQUEST = "access_request"  # somebody has asked for what is kept about them
    DISAGREEMENT = "disagreement"  # between agencies, still open
