-- Grain: person x measured month x group. Rules: M-01 to M-04, T-04 to T-06, C-03, E-01 to E-04, O-02, H-01, H-02.
with final as (
    select
        spells.spell_id,
        spells.person_id,
        person_months.measure_month,
        cast(person_months.benefit_group as varchar) as benefit_group,
        spells.start_date as spell_start_date,
        person_months.measurement_date,
        cast(person_months.municipality_code as varchar) as municipality_code,
        cast(
            person_months.duration_units * case person_months.clock_unit when 'hours' then 0.01 else 1 end
            as decimal(12, 2)
        ) as duration,
        cast(person_months.duration_interval as varchar) as duration_interval,
        person_months.is_12_plus,
        person_months.window_start_date,
        cast(person_months.conversations as integer) as conversations,
        case
            when person_months.window_units > 0
                then cast(person_months.exempt_units as double) / person_months.window_units
            else 0.0
        end as exempt_share,
        cast(person_months.mii_days as integer) as mii_days,
        person_months.is_exempt_conversations,
        person_months.is_exempt_offers,
        person_months.has_offer,
        cast(person_months.ordinary_hundredths * 0.01 as decimal(12, 2)) as ordinary_hours,
        person_months.has_ordinary_hours,
        person_months.has_offer or person_months.has_ordinary_hours as is_active
    from {{ ref('int_person_months') }} as person_months
    inner join {{ ref('int_spells') }} as spells on person_months.spell_key = spells.spell_key
)

select * from final
