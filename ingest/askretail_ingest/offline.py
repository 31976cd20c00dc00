"""Libraries that call home unless they are told not to."""

import os


def quiet_onnxruntime() -> None:
    """Keep onnxruntime from reporting its use; call it before onnxruntime is first imported.

    From 1.29 on it sends what models are run on which machine to mobile.events.data.microsoft.com
    and keeps an identifier of the machine in the cache folder. It reads this variable once, when
    it is imported (https://github.com/microsoft/onnxruntime/pull/27379).
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
