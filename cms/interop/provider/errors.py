"""The errors of OAI-PMH 2.0, section 3.6: a code that harvesters know, and a sentence for people."""


class OAIError(Exception):
    code = ""
    echoes_arguments = True  # section 3.2: badVerb and badArgument are answered without the request's arguments


class BadVerb(OAIError):
    code = "badVerb"
    echoes_arguments = False


class BadArgument(OAIError):
    code = "badArgument"
    echoes_arguments = False


class BadResumptionToken(OAIError):
    code = "badResumptionToken"


class CannotDisseminateFormat(OAIError):
    code = "cannotDisseminateFormat"


class IdDoesNotExist(OAIError):
    code = "idDoesNotExist"


class NoRecordsMatch(OAIError):
    code = "noRecordsMatch"
