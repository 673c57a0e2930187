"""``pmlint scan``: archives beyond one machine, on Dask.

A scan is a plan of partitions, worked off in any order by any number of workers. What
reads and checks a document is the function behind ``pmlint check``; this package finds
documents, hands partitions out, and writes results.

    sources    SOURCE → partitions                      (in the calling process)
    ledger     the plan and what is done, in the result folder
    run        partitions → workers → tallies           (in the calling process)
    work       one partition → its three files          (on a worker)
    documents  one partition → its documents, one by one
    tables     findings and facts as Arrow tables
    storage    files here and elsewhere, through fsspec

Dask, pyarrow and fsspec come with ``pip install "pmlint[scan]"``.
"""
