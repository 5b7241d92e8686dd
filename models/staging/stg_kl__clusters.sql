select
    kommunekode as municipality_code,
    target_group,
    cluster
from {{ source('raw', 'kommune_klynger') }}
