-- Grain: area x measured month x group, at a duration of six months. Rules: M-12.
with cells as (
    select
        area_type,
        area_code,
        measure_month,
        benefit_group,
        {{ count_cell_rows() }}
    from {{ ref('int_early_effort_rows') }}
    group by area_type, area_code, measure_month, benefit_group
),

final as (
    select
        area_type,
        area_code,
        measure_month,
        benefit_group,
        cast(persons_measured_conversations as integer) as persons_measured_conversations,
        cast(persons_under_required as double) / nullif(persons_measured_conversations, 0) as share_under_4,
        cast(persons_measured_offers as integer) as persons_measured_offers,
        cast(persons_with_offer as double) / nullif(persons_measured_offers, 0) as share_with_offer,
        case
            when persons_measured_offers > 0
                then persons_with_offer * 100 >= persons_measured_offers * {{ legal_parameter('early_offer_goal') }}
        end as is_active_goal_met
    from cells
)

select * from final
