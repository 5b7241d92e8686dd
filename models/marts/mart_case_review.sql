-- Grain: municipality under administration x year x person x group (sagsgennemgang). Rules: V-05.
with december_rows as (
    select
        groups.municipality_code,
        groups.goal_year,
        person_months.person_key,
        groups.benefit_group,
        person_months.conversations,
        person_months.has_offer,
        person_months.ordinary_hundredths,
        groups.is_offer_goal_active
        and not person_months.is_exempt_offers
        and not (person_months.has_offer or person_months.has_ordinary_hours) as lacks_offer,
        groups.is_conversation_goal_active
        and not person_months.is_exempt_conversations
        and person_months.conversations < months.required_conversations as lacks_conversations
    from {{ ref('int_reviewed_groups') }} as groups
    inner join {{ ref('int_months') }} as months on groups.december = months.measure_month
    inner join {{ ref('int_person_months') }} as person_months
        on
            groups.december = person_months.measure_month
            and groups.municipality_code = person_months.municipality_code
            and groups.benefit_group = person_months.benefit_group
            and person_months.is_12_plus
),

final as (
    select
        december_rows.municipality_code,
        december_rows.goal_year as "year",
        persons.person_id,
        december_rows.benefit_group,
        cast(december_rows.conversations as integer) as conversations,
        december_rows.has_offer,
        cast(december_rows.ordinary_hundredths * 0.01 as decimal(12, 2)) as ordinary_hours,
        case
            when december_rows.lacks_offer and december_rows.lacks_conversations then 'both'
            when december_rows.lacks_offer then 'offer'
            else 'conversations'
        end as missing
    from december_rows
    inner join {{ ref('int_persons') }} as persons on december_rows.person_key = persons.person_key
    where december_rows.lacks_offer or december_rows.lacks_conversations
)

select * from final
