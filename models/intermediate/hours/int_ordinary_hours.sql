-- Grain: person x stretch of ordinary hours (ordinære løntimer). Rules: H-01.
-- Income rows spread over their calendar days, outside dead periods, of persons with a spell in which they can count.
with spells as (
    select merged_spells.person_key
    from {{ ref('int_merged_spells') }} as merged_spells
    inner join {{ ref('benefits') }} as benefits
        on merged_spells.benefit_group = benefits.benefit and benefits.counts_ordinary_hours
),

income_rows as (
    select hour_rows.*
    from {{ ref('int_ordinary_hour_rows') }} as hour_rows
    semi join spells on hour_rows.person_key = spells.person_key
),

final as ({{ hours_time_line('income_rows', 'calendar_days_through') }})

select * from final
