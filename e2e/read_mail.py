"""What Python's mail library makes of a letter: python3 read_mail.py FILE prints it as JSON."""

import email
import email.policy
import json
import sys

with open(sys.argv[1], "rb") as file:
    raw = file.read()
letter = email.message_from_bytes(raw, policy=email.policy.default)


def text_of(kind):
    part = letter.get_body(preferencelist=(kind,))
    return part.get_content() if part else None


defects = [repr(defect) for part in letter.walk() for defect in part.defects]
defects += [f"{name}: {defect!r}" for part in letter.walk() for name, value in part.items() for defect in value.defects]
print(json.dumps({
    "headers": {name.lower(): str(value) for name, value in letter.items()},
    "from": [address.addr_spec for address in letter["From"].addresses],
    "from_name": letter["From"].addresses[0].display_name,
    "to": [address.addr_spec for address in letter["To"].addresses],
    "reply_to": [address.addr_spec for address in letter["Reply-To"].addresses] if letter["Reply-To"] else [],
    "type": letter.get_content_type(),
    "plain": text_of("plain"),
    "html": text_of("html"),
    "defects": defects,
    "longest_line": max(len(line) for line in raw.splitlines()),
    "is_ascii_head": raw.split(b"\n\n", 1)[0].isascii(),
}))
