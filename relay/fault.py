"""Why the relay cannot start or a command cannot be carried out."""


class StartFault(Exception):
    """Something only the operator can mend: told in one sentence, never with a traceback.

    `key` names the sentence in the catalogues (`relay.fault.…`), `fields` fill it in.
    """

    def __init__(self, key: str, /, **fields: str | int) -> None:
        super().__init__(f"{key} {fields}" if fields else key)
        self.key = f"relay.fault.{key}"
        self.fields = fields
