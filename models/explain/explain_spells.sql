-- Grain: person x measured month x group x fact about the spell. Rules: M-02, S-01, S-02, S-03, S-05.
-- The measured spell, what it begins with, and another spell of the group in the month.
with facts as (
    select
        {{ month_columns('months') }},
        months.spell_start_date as from_date,
        months.spell_end_date as to_date,
        true as is_counted,
        'spell' as fact,
        null as other_spell_id,
        months.measurement_date
    from {{ ref('int_explained_months') }} as months
    where months.spell_id is not null
    union all
    select
        {{ month_columns('months') }},
        months.spell_start_date as from_date,
        months.first_day - 1 as to_date,
        true as is_counted,
        'carried_over' as fact,
        null as other_spell_id,
        null as measurement_date
    from {{ ref('int_explained_months') }} as months
    where months.spell_start_date < months.first_day
    union all
    select
        {{ month_columns('months') }},
        periods.first_day as from_date,
        periods.last_day as to_date,
        true as is_counted,
        'dagpenge_period' as fact,
        null as other_spell_id,
        null as measurement_date
    from {{ ref('int_explained_months') }} as months
    inner join {{ ref('stg_counter__dagpenge_periods') }} as periods
        on months.person_id = periods.person_id and months.first_day = periods.first_day
    where months.benefit_group = 'a_dagpenge'
    union all
    select
        {{ month_columns('months') }},
        other_spells.start_date as from_date,
        other_spells.end_date as to_date,
        false as is_counted,
        'other_spell' as fact,
        other_spells.spell_id as other_spell_id,
        choices.measurement_date
    from {{ ref('int_explained_months') }} as months
    inner join {{ ref('int_spell_month_choices') }} as choices
        on
            months.person_id = choices.person_id
            and months.benefit_group = choices.benefit_group
            and months.measure_month = choices.measure_month
    inner join {{ ref('int_explained_spells') }} as other_spells
        on choices.person_id = other_spells.person_id and choices.spell_key = other_spells.spell_key
    where not choices.is_chosen
),

final as (
    select
        {{ month_columns('facts') }},
        facts.fact,
        facts.other_spell_id,
        facts.from_date,
        facts.to_date,
        cast(facts.to_date - facts.from_date + 1 as decimal(12, 2)) as amount,
        'days' as unit,
        facts.is_counted,
        {{ told([named('benefits'), 'facts.from_date', 'facts.to_date', 'facts.other_spell_id', 'facts.measurement_date']) }}
    from facts
    inner join {{ ref('benefits') }} as benefits on facts.benefit_group = benefits.benefit
    left join {{ ref('explanation_sentences') }} as sentences
        on case facts.fact when 'spell' then concat('spell_by_', benefits.spell_rule) else facts.fact end = sentences.sentence
)

select * from final
