select
    source_table,
    row_number,
    reason_code,
    reason,
    raw_record
from {{ source('raw', 'quarantined_rows') }}
