"""The timeline of one incident as a picture: to scale, with its phases and gaps.

``scene`` says what is to be seen; each of the other modules draws it in one form.
"""
