-- Grain: spell x period of benefit days with an earlier one of its group. Rules: S-01, S-02, S-03.
-- The days between the period and what came before it, and whether the period continues the spell or begins it.
-- An absence that starts on the last day of a spell lies in the spell it begins.
with periods as (
    select
        inputs.person_id,
        spells.spell_key,
        inputs.benefit_group,
        inputs.spell_rule,
        inputs.start_date,
        inputs.end_date
    from {{ with_person_id(ref('int_spell_inputs')) }} as inputs
    inner join {{ ref('int_spells') }} as spells
        on
            inputs.person_id = spells.person_id
            and inputs.benefit_group = spells.benefit_group
            and inputs.start_date between spells.first_day and spells.end_date
    qualify row_number() over (
        partition by inputs.person_id, inputs.benefit_group, inputs.start_date, inputs.end_date order by spells.first_day desc
    ) = 1
),

placed_periods as (
    select
        *,
        max(end_date) over (
            partition by person_id, benefit_group order by start_date asc, end_date desc
            rows between unbounded preceding and 1 preceding
        ) as previous_end_date,
        row_number() over (
            partition by person_id, benefit_group, spell_key order by start_date asc, end_date desc
        ) > 1 as is_joined
    from periods
),

final as (
    select
        person_id,
        spell_key,
        benefit_group,
        start_date,
        previous_end_date,
        greatest(start_date - previous_end_date - 1, 0) as gap_days,
        greatest({{ month_number('start_date') }} - {{ month_number('previous_end_date') }} - 1, 0) as whole_months,
        is_joined,
        case spell_rule
            when 'overlap' then case when is_joined then 'sickness_joined' else 'sickness_apart' end
            when 'dagpenge_period' then case when is_joined then 'dagpenge_gap' else 'dagpenge_period_changes' end
            else case when is_joined then 'gap_joined' else 'gap_breaks' end
        end as sentence
    from placed_periods
    where previous_end_date is not null
)

select * from final
