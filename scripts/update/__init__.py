"""Monthly update: an ordinary build of the changed persons and the months they touch, exchanged in the warehouse."""


from scripts.settings import Refusal


class UpdateError(Refusal):
    """The update cannot be made; the message is one line."""


class FullBuildNeeded(Exception):
    """What changed is not a matter of persons and months; the message says what it is.

    is_loaded: whether the warehouse already holds the new raw rows.
    """

    is_loaded = False
