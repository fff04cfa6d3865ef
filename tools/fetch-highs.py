#!/usr/bin/env python3
"""Fetch one source archive of HiGHS from the Python index that pip is configured with.

usage: fetch-highs.py ARCHIVE SHA256 FOLDER

The archive is a source distribution of the package highspy, which contains all of HiGHS. pip itself is not used, since it
runs the package's build before it downloads a source distribution. The download is kept only if it has the given SHA-256,
whatever the index says.
"""
import base64
import configparser
import hashlib
import json
import os
import re
import ssl
import sys
import urllib.parse
import urllib.request

HOME = os.path.expanduser("~")
CONFIGS = ["/etc/xdg/pip/pip.conf", "/etc/pip.conf", HOME + "/.pip/pip.conf", HOME + "/.config/pip/pip.conf"]


def setting(name, default):
    """A setting of pip: from its environment variable, otherwise from its configuration files, the later ones first."""
    value = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if value:
        return value
    for path in [os.environ.get("PIP_CONFIG_FILE", "")] + CONFIGS[::-1]:
        config = configparser.RawConfigParser(strict=False)
        try:
            config.read(path)
        except configparser.Error:
            continue
        for section in ("install", "global"):
            if config.has_option(section, name):
                return config.get(section, name).strip("'\" ")
    return default


def get(url, accept="*/*"):
    parts = urllib.parse.urlsplit(url)
    host = parts.netloc.rpartition("@")
    request = urllib.request.Request(parts._replace(netloc=host[2]).geturl(), headers={"Accept": accept})
    if host[0]:
        user = urllib.parse.unquote(host[0]).encode()
        request.add_header("Authorization", "Basic " + base64.b64encode(user).decode())
    context = ssl.create_default_context(cafile=setting("cert", None))
    with urllib.request.urlopen(request, timeout=60, context=context) as answer:
        return answer.headers.get_content_type(), answer.read()


def files(index):
    """(file name, URL) of every file that the index offers, from its JSON or its HTML page."""
    page = index.rstrip("/") + "/highspy/"
    kind, body = get(page, "application/vnd.pypi.simple.v1+json, text/html;q=0.5")
    if kind.endswith("json"):
        for file in json.loads(body)["files"]:
            yield file["filename"], urllib.parse.urljoin(page, file["url"])
        return
    for href in re.findall(r'<a\s[^>]*?href="([^"]+)"', body.decode()):
        url = urllib.parse.urljoin(page, href.replace("&amp;", "&")).partition("#")[0]
        yield urllib.parse.unquote(url.rpartition("/")[2]), url


def main(archive, digest, folder):
    index = setting("index-url", "https://pypi.org/simple")
    url = dict(files(index)).get(archive)
    if not url:
        sys.exit("fetch-highs: the Python index does not offer " + archive)
    print("get-highs: fetching", archive, flush=True)
    body = get(url)[1]
    found = hashlib.sha256(body).hexdigest()
    if found != digest:
        sys.exit("fetch-highs: " + archive + " has the SHA-256 " + found + ", not the expected " + digest)
    with open(os.path.join(folder, archive), "wb") as out:
        out.write(body)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (OSError, ValueError, KeyError) as error:
        sys.exit("fetch-highs: " + str(error))
