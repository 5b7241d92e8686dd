-- Grain: person x stretch of ordinary hours (ordinære løntimer). Rules: H-01.
-- Income rows spread over their calendar days, outside dead periods, of persons with a spell.
with income_rows as (
    select hour_rows.*
    from {{ ref('int_ordinary_hour_rows') }} as hour_rows
    semi join {{ ref('int_merged_spells') }} as spells on hour_rows.person_key = spells.person_key
),

final as ({{ hours_time_line('income_rows', 'calendar_days_through') }})

select * from final
