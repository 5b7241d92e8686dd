select
    kommunekode as municipality_code,
    aar as goal_year,
    faktisk_ydelsesgrad as actual_share,
    forventet_ydelsesgrad as expected_share
from {{ source('raw', 'bm_resultatmaal') }}
