"""Single sign-on: the council's own sign-in by OpenID Connect, for the console.

Imports authlib with its joserfc, and httpx. Nothing from outside is in its exceptions: no token, no claim, no code.
"""

from bot.single_sign_on.council import Client, CouncilSignIn
from bot.single_sign_on.issuer import Issuer

__all__ = ["Client", "CouncilSignIn", "Issuer"]
