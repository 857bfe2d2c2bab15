"""TLS: certificados que no valen, y programas que no hablan el mismo idioma."""

from __future__ import annotations

from chatlab.corrector.diagnostico.explicaciones.caso import frase, regla

_TIPOS = "SSLError SSLCertVerificationError SSLEOFError SSLZeroReturnError"

REGLAS = (
    regla(
        _TIPOS,
        r"self[- ]signed certificate|unable to get local issuer",
        frase(
            "El servidor enseña un certificado que el cliente no conoce: lo hiciste tú, y no está "
            "en su lista.",
            'Dáselo al cliente: `contexto.load_verify_locations("certificado.pem")`.',
        ),
    ),
    regla(
        _TIPOS,
        r"[Hh]ostname mismatch|IP address mismatch|certificate is not valid for",
        frase(
            "El certificado es de otro nombre que el host al que llamas.",
            "Pon en `server_hostname` el nombre del certificado, o haz uno para ese host.",
        ),
    ),
    regla(
        _TIPOS,
        r"certificate has expired|not yet valid",
        frase(
            "El certificado no vale hoy: caducó, o el reloj va mal.",
            "Haz otro certificado, y mira la fecha del ordenador.",
        ),
    ),
    regla(
        _TIPOS,
        # Lo que Python exige desde 3.13 (VERIFY_X509_STRICT).
        r"Missing Authority Key|Basic Constraints|key usage|CA cert does not include",
        frase(
            "Al certificado le faltan datos que Python exige desde el 3.13.",
            "Haz otro con una herramienta al día: `openssl req -x509`, de OpenSSL 3, los pone.",
        ),
    ),
    regla(
        _TIPOS,
        r"WRONG_VERSION_NUMBER|HTTP_REQUEST|UNKNOWN_PROTOCOL|RECORD_LAYER_FAILURE",
        frase(
            "Uno de los dos habla con TLS y el otro sin él.",
            "Envuelve el socket con `wrap_socket` en los dos programas, o en ninguno.",
        ),
    ),
    regla(
        _TIPOS,
        r"ALERT_UNKNOWN_CA|ALERT_CERTIFICATE_UNKNOWN|ALERT_BAD_CERTIFICATE|TLSV1_ALERT",
        frase(
            "El otro lado no ha aceptado tu certificado, y ha colgado.",
            "Mira el error del otro programa: dice qué le falta.",
        ),
    ),
    regla(
        _TIPOS,
        r"NO_SHARED_CIPHER|NO_SUITABLE",
        frase(
            "El servidor no tiene certificado que enseñar.",
            'Cárgalo: `contexto.load_cert_chain("certificado.pem", "clave.pem")`.',
        ),
    ),
    regla(
        _TIPOS,
        r"PEM|KEY_VALUES_MISMATCH|NO_START_LINE",
        frase(
            "El archivo del certificado o el de la clave no es lo que debe ser, o no son pareja.",
            "Comprueba los dos nombres de `load_cert_chain`: primero el certificado.",
        ),
    ),
    regla(
        _TIPOS,
        r"EOF occurred|UNEXPECTED_EOF|[Cc]losed",
        frase(
            "El otro lado colgó en mitad de la conversación de TLS.",
            "Mira si su programa ha terminado; y trata `ssl.SSLError` como si se fuera.",
        ),
    ),
    regla(
        "ValueError",
        r"^check_hostname requires server_hostname|server_hostname cannot be an empty",
        frase(
            "El cliente comprueba de quién es el certificado, y no sabe a quién llama.",
            "Dile el host: `wrap_socket(s, server_hostname=HOST)`.",
        ),
    ),
)
