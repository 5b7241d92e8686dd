-- Grain: person x measured month x group x gap that the spell bridges, or that began it. Rules: S-01, S-02, S-03.
with gaps as (
    select
        {{ month_columns('months') }},
        gaps.previous_end_date,
        gaps.start_date as next_start_date,
        cast(gaps.gap_days as integer) as gap_days,
        cast(gaps.whole_months as integer) as whole_months,
        gaps.is_joined,
        gaps.sentence as gap
    from {{ ref('int_explained_months') }} as months
    inner join {{ ref('int_spell_gaps') }} as gaps
        on
            months.person_id = gaps.person_id
            and months.spell_key = gaps.spell_key
            and months.month_end >= gaps.start_date
),

final as (
    select
        gaps.*,
        case when gaps.gap_days > 0 then gaps.previous_end_date + 1 else gaps.next_start_date end as from_date,
        case when gaps.gap_days > 0 then gaps.next_start_date - 1 end as to_date,
        cast(gaps.gap_days as decimal(12, 2)) as amount,
        'days' as unit,
        gaps.is_joined as is_counted,
        {{ told([
            'gaps.previous_end_date', 'gaps.next_start_date', days_text('gaps.gap_days'), 'gaps.whole_months', named('benefits'),
        ]) }}
    from gaps
    inner join {{ ref('benefits') }} as benefits on gaps.benefit_group = benefits.benefit
    left join {{ ref('explanation_sentences') }} as sentences on gaps.gap = sentences.sentence
)

select * from final
