-- Grain: person x measured month x group. Rules: M-04.
-- The municipality the person-month belongs to, and the day the residence is read on.
with places as (
    select
        months.person_id,
        months.measure_month,
        months.benefit_group,
        spells.spell_id,
        months.municipality_code,
        municipalities.municipality_name,
        municipalities.region_name,
        least(spells.end_date, {{ month_end('months.measure_month') }}) as residence_date,
        case
            when residences.municipality_code is null then 'residence_unknown'
            when municipalities.municipality_code is null then 'residence_outside_the_98'
            when spells.end_date <= {{ month_end('months.measure_month') }} then 'residence_at_spell_end'
            else 'residence_at_month_end'
        end as residence
    from {{ with_person_id(ref('int_person_months')) }} as months
    inner join {{ ref('int_explained_spells') }} as spells
        on months.person_id = spells.person_id and months.spell_key = spells.spell_key
    left join {{ with_person_id(ref('int_residence_stretches')) }} as residences
        on
            months.person_id = residences.person_id
            and least(spells.end_date, {{ month_end('months.measure_month') }})
            between residences.start_date and residences.end_date
    left join {{ ref('municipalities') }} as municipalities
        on months.municipality_code = municipalities.municipality_code
),

final as (
    select
        places.*,
        places.residence_date as from_date,
        cast(null as date) as to_date,
        cast(null as decimal(12, 2)) as amount,
        cast(null as varchar) as unit,
        cast(null as boolean) as is_counted,
        {{ told(['places.municipality_code', 'places.municipality_name', 'places.residence_date', 'places.region_name']) }}
    from places
    left join {{ ref('explanation_sentences') }} as sentences on places.residence = sentences.sentence
)

select * from final
