-- Rules: X-01, X-02, V-02 to V-06.
-- Supervision and quarantine say why: the reason is a sentence, and that of a quarantined row has one of the codes.
with final as (
    select 'mart_supervision' as told_in, municipality_code as about, reason
    from {{ ref('mart_supervision') }}
    where trim(reason) = ''
    union all
    select 'quarantined_rows' as told_in, concat_ws(' row ', source_table, row_number) as about, reason
    from {{ ref('quarantined_rows') }}
    where
        trim(reason) = ''
        or reason_code not in (
            'missing_value', 'unknown_code', 'impossible_date', 'impossible_number', 'end_before_start',
            'duplicate_row', 'duplicate_key'
        )
)

select * from final
