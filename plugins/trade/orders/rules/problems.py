"""What a person has to look at in an order between nodes: sentences, kept by their English."""

from __future__ import annotations

from .....core.values import Message

UNFOLLOWED = Message("This producer is not followed any more.", {})
DEARER = Message("Some goods cost more now. Please decide what is to become of them.", {})
OTHERWISE = Message(
    "The producer's node says otherwise than what was ordered. It was not taken. Please call.", {}
)
SILENT = Message("The producer's node does not answer. We keep asking.", {})
OTHER_ORDER = Message("The producer's node shows another order at this address.", {})
UNEQUAL = Message("Both nodes know this order differently. Please compare them.", {})
NOT_SHOWN = Message("The producer's node does not show this order any more. Please call.", {})
SHORT = Message("Less came than was sent. Please look at it and decide.", {})
UNANSWERED = Message("The round is settled, and the producer has not answered this order.", {})
UNPAID = Message("Less was paid for than what came. Please look at it and decide.", {})
UNAGREED = Message("A settlement came for an order that was not agreed.", {})
WRONG = Message("The other node's settlement is wrong and was not booked. Please call them.", {})
REFUSED = Message("The other node did not book the settlement. Please call them.", {})
UNREACHED = Message("The other node could not be reached. Please decide what is to be done.", {})
UNHEARD = Message("The other node has not heard of this. Say it again, or call them.", {})
PAUSED = Message("The tie to the other node rests. Nothing is sent meanwhile.", {})
ENDED = Message("The tie to the other node has ended. Please settle this order with people.", {})
