"""Bytes of pictures: verify, upright, strip, resize, store. Knows no database and no web.

    gate      what can be refused by size and first bytes alone, without decoding
    verify    is this file a picture, how large is it, and a first preview
    likeness  how alike two pictures look (``look``, in the child, sees it from the pixels)
    derive    the published sizes: upright, 8-bit sRGB, without metadata
    store     where files are kept, private and public apart (``local_store``: in a directory)

The site's own process never decodes: ``process`` starts a child for it, where ``child`` runs ``operations``, which
stand on ``opening``, ``colour`` and ``upright``. Only these load a picture library.
"""
