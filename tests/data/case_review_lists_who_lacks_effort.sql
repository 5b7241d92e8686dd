-- Rules: V-05, V-07.
-- Under administration the review lists, of the groups whose own twelve-month average misses an active goal, the December rows
-- of 12 months and over that lack what the active goals ask for, and nobody else.
with administrations as (
    select municipality_code, "year", make_date("year", 12, 1) as december, "year" >= 2023 as has_offer_goal
    from {{ ref('mart_supervision') }}
    where status = 'administration'
),

cells as (
    select
        conversations.area_code as municipality_code,
        conversations.measure_month,
        conversations.benefit_group,
        conversations.share_under_4,
        offers.share_without
    from {{ ref('mart_conversations_monthly') }} as conversations
    inner join {{ ref('mart_offers_monthly') }} as offers
        on
            conversations.area_type = offers.area_type
            and conversations.area_code = offers.area_code
            and conversations.measure_month = offers.measure_month
            and conversations.benefit_group = offers.benefit_group
            and conversations.duration_interval = offers.duration_interval
    where
        conversations.area_type = 'municipality'
        and conversations.benefit_group <> 'all'
        and conversations.duration_interval = '12_plus'
),

missing_groups as (
    select
        administrations.municipality_code, administrations."year", administrations.december, administrations.has_offer_goal,
        cells.benefit_group
    from administrations
    inner join cells
        on
            administrations.municipality_code = cells.municipality_code
            and cells.measure_month between {{ add_months('administrations.december', -11) }} and administrations.december
    group by
        administrations.municipality_code, administrations."year", administrations.december, administrations.has_offer_goal,
        cells.benefit_group
    having
        (count(cells.share_under_4) = 12 and round(avg(cells.share_under_4), 10) >= 0.2)
        or (
            administrations.has_offer_goal
            and count(cells.share_without) = 12
            and round(avg(cells.share_without), 10) >= 0.3
        )
),

december_rows as (
    select
        groups.municipality_code,
        groups."year",
        person_months.person_id,
        person_months.benefit_group,
        person_months.conversations,
        person_months.has_offer,
        person_months.ordinary_hours,
        groups.has_offer_goal and not person_months.is_active and not person_months.is_exempt_offers as lacks_offer,
        person_months.conversations < 4 and not person_months.is_exempt_conversations as lacks_conversations
    from missing_groups as groups
    inner join {{ ref('fct_person_months') }} as person_months
        on
            groups.december = person_months.measure_month
            and groups.municipality_code = person_months.municipality_code
            and groups.benefit_group = person_months.benefit_group
            and person_months.is_12_plus
),

expected as (
    select
        municipality_code, "year", person_id, benefit_group, conversations, has_offer, ordinary_hours,
        case
            when lacks_offer and lacks_conversations then 'both'
            when lacks_offer then 'offer'
            else 'conversations'
        end as missing
    from december_rows
    where lacks_offer or lacks_conversations
),

reviews as (
    select municipality_code, "year", person_id, benefit_group, conversations, has_offer, ordinary_hours, missing
    from {{ ref('mart_case_review') }}
),

final as (
    (
        select * from expected
        except
        select * from reviews
    )
    union all
    (
        select * from reviews
        except
        select * from expected
    )
)

select * from final
