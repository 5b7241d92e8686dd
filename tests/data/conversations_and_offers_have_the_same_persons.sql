-- Rules: M-05, M-10, M-11.
-- Both monthly measurements have the same cells, and in each the same persons, measured or exempt.
with final as (
    select
        coalesce(conversations.area_code, offers.area_code) as area_code,
        coalesce(conversations.measure_month, offers.measure_month) as measure_month,
        coalesce(conversations.benefit_group, offers.benefit_group) as benefit_group,
        coalesce(conversations.duration_interval, offers.duration_interval) as duration_interval,
        conversations.persons_measured + conversations.persons_exempt as persons_of_conversations,
        offers.persons_measured + offers.persons_exempt as persons_of_offers
    from {{ ref('mart_conversations_monthly') }} as conversations
    full join {{ ref('mart_offers_monthly') }} as offers
        on
            conversations.area_type = offers.area_type
            and conversations.area_code = offers.area_code
            and conversations.measure_month = offers.measure_month
            and conversations.benefit_group = offers.benefit_group
            and conversations.duration_interval = offers.duration_interval
    where
        conversations.persons_measured + conversations.persons_exempt
        is distinct from offers.persons_measured + offers.persons_exempt
)

select * from final
