-- Grain: person x measured month x benefit x period of benefit days moved or deleted. Rules: B-05, B-06.
-- Days taken from the benefit, or given to it, since the group's spell before this one.
with changes as (
    select
        {{ month_columns('months') }},
        case when months.benefit_group = changes.benefit then changes.other_benefit else changes.benefit end as other_benefit,
        greatest(changes.start_date, months.explained_from) as from_date,
        least(changes.end_date, months.month_end) as to_date,
        case
            when changes.change = 'days_deleted' then 'days_deleted'
            when months.benefit_group = changes.benefit then 'days_moved_away'
            else 'days_moved_here'
        end as change
    from {{ ref('int_explained_months') }} as months
    inner join {{ ref('int_benefit_day_changes') }} as changes
        on
            months.person_id = changes.person_id
            and months.month_end >= changes.start_date
            and months.explained_from <= changes.end_date
            and (
                months.benefit_group = changes.benefit
                or (changes.change = 'days_moved' and months.benefit_group = changes.other_benefit)
            )
),

final as (
    select
        changes.*,
        cast(changes.to_date - changes.from_date + 1 as decimal(12, 2)) as amount,
        'days' as unit,
        changes.change = 'days_moved_here' as is_counted,
        {{ told([named('benefits'), named('other_benefits')]) }}
    from changes
    inner join {{ ref('benefits') }} as benefits on changes.benefit_group = benefits.benefit
    inner join {{ ref('benefits') }} as other_benefits on changes.other_benefit = other_benefits.benefit
    left join {{ ref('explanation_sentences') }} as sentences on changes.change = sentences.sentence
)

select * from final
