select
    kommunekode as municipality_code,
    kvartal as quarter_start,
    alder as age,
    antal as persons
from {{ source('raw', 'dst_befolkning') }}
