-- Rules: S-01, S-02, S-03.
-- Between two spells of a person and group lies what breaks them: a whole calendar month without a municipal benefit, a new
-- dagpenge period, or for sygedagpenge a first day not before the last day of the spell before.
with benefits as (
    select benefit, spell_rule
    from {{ ref('benefits') }}
),

spells as (
    select
        benefit_group,
        person_key,
        first_day,
        end_date,
        lag(end_date) over (partition by person_key, benefit_group order by first_day, end_date) as previous_end
    from {{ ref('int_spells') }}
),

final as (
    select spells.*
    from spells
    inner join benefits on spells.benefit_group = benefits.benefit
    where
        spells.end_date < spells.first_day
        or case benefits.spell_rule
            when 'calendar_month'
                then {{ month_number('spells.first_day') }} - {{ month_number('spells.previous_end') }} < 2
            when 'overlap' then spells.first_day < spells.previous_end
            else spells.first_day <= spells.previous_end
        end
)

select * from final
