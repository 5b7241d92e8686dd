-- Grain: person x measured month x group x result. Rules: C-03, E-03, E-04, H-02, M-10, M-11, O-02.
-- What the two measurements say of the person-month: conversations, and offer or hours.
with results as (
    select
        months.person_id,
        months.measure_month,
        months.benefit_group,
        spells.spell_id,
        months.conversations,
        numbers.required_conversations,
        months.has_offer,
        months.has_ordinary_hours,
        months.ordinary_hundredths,
        measurements.is_of_offers,
        months.is_exempt_conversations,
        months.is_exempt_offers,
        months.window_start_date,
        months.measurement_date,
        case
            when measurements.is_of_offers and months.is_exempt_offers then 'exempt_from_offers'
            when measurements.is_of_offers and months.has_offer then 'has_offer'
            when measurements.is_of_offers and months.has_ordinary_hours then 'hours_only'
            when measurements.is_of_offers then 'neither_offer_nor_hours'
            when months.is_exempt_conversations then 'exempt_from_conversations'
            when months.conversations < numbers.required_conversations then 'too_few_conversations'
            else 'enough_conversations'
        end as result
    from {{ with_person_id(ref('int_person_months')) }} as months
    inner join {{ ref('int_explained_spells') }} as spells
        on months.person_id = spells.person_id and months.spell_key = spells.spell_key
    inner join {{ ref('int_months') }} as numbers on months.measure_month = numbers.measure_month
    cross join (values (false), (true)) as measurements (is_of_offers)
),

final as (
    select
        {{ month_columns('results') }},
        results.conversations,
        results.required_conversations,
        results.has_offer,
        results.has_ordinary_hours,
        results.is_exempt_conversations,
        results.is_exempt_offers,
        results.window_start_date as from_date,
        results.measurement_date as to_date,
        case when not results.is_of_offers then cast(results.conversations as decimal(12, 2)) end as amount,
        case when not results.is_of_offers then 'conversations' end as unit,
        results.result in ('enough_conversations', 'has_offer', 'hours_only') as is_counted,
        {{ told(['results.conversations', 'results.required_conversations', hours_text('results.ordinary_hundredths')]) }}
    from results
    left join {{ ref('explanation_sentences') }} as sentences on results.result = sentences.sentence
)

select * from final
