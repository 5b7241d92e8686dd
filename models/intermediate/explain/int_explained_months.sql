-- Grain: person x measured month x benefit with a register row or a benefit day. Rules: M-01 to M-03.
-- What there is to explain: every person-month, and every month left out; with the spell, window and days to look at.
with months as (
    select
        person_id,
        measure_month,
        benefit_group,
        spell_key,
        measurement_date,
        window_start_date,
        is_12_plus,
        is_7_months_plus,
        true as is_measured,
        'measured' as sentence
    from {{ with_person_id(ref('int_person_months')) }}
    union all
    select
        person_id,
        measure_month,
        benefit_group,
        spell_key,
        measurement_date,
        null as window_start_date,
        null as is_12_plus,
        null as is_7_months_plus,
        false as is_measured,
        sentence
    from {{ ref('int_left_out_months') }}
),

final as (
    select
        months.*,
        {{ month_end('months.measure_month') }} as month_end,
        spells.spell_id,
        spells.clock_unit,
        spells.first_day,
        spells.start_date as spell_start_date,
        spells.end_date as spell_end_date,
        coalesce(spells.explained_from, months.measure_month) as explained_from
    from months
    left join {{ ref('int_explained_spells') }} as spells
        on months.person_id = spells.person_id and months.spell_key = spells.spell_key
)

select * from final
