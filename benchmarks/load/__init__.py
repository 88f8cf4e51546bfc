"""Lets many people use a portal like the one in service, then looks for every save that it accepted."""

# In this header a request names what it is for, so that its processor time can be counted by that.
KIND_HEADER = "X-Kind-Of-Request"
