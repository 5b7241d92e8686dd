-- Grain: person x measured month x group x exempt piece in the window. Rules: D-03, E-01, E-02.
-- The clock units that the days of the piece's own exempt; dead days are no exempt units.
with pieces as (
    select
        {{ month_columns('months') }},
        months.clock_unit,
        pieces.absence_code,
        pieces.absence_name_da,
        pieces.visitation_category,
        greatest(pieces.start_date, months.window_start_date) as from_date,
        least(pieces.end_date, months.measurement_date) as to_date,
        greatest(pieces.own_from, months.window_start_date) as own_from,
        greatest(
            least(pieces.end_date, months.measurement_date), greatest(pieces.own_from, months.window_start_date) - 1
        ) as own_to
    from {{ ref('int_explained_months') }} as months
    inner join {{ ref('int_exempt_pieces') }} as pieces
        on
            months.person_id = pieces.person_id
            and months.benefit_group = pieces.benefit_group
            and months.measurement_date >= pieces.start_date
            and months.window_start_date <= pieces.end_date
    where months.is_measured
),

final as (
    select
        {{ month_columns('pieces') }},
        pieces.clock_unit,
        pieces.absence_code,
        pieces.absence_name_da,
        pieces.visitation_category,
        pieces.from_date,
        pieces.to_date,
        case pieces.clock_unit
            when 'hours'
                then
                    {{ hundredths_through('hours_at_end', 'pieces.own_to') }}
                    - {{ hundredths_through('hours_before', 'pieces.own_from - 1') }}
            else
                {{ living_days_through('days_at_end', 'pieces.own_to') }}
                - {{ living_days_through('days_before', 'pieces.own_from - 1') }}
        end as exempt_units
    from pieces
    inner join {{ with_person_id(ref('int_living_time')) }} as days_before
        on
            pieces.person_id = days_before.person_id
            and pieces.own_from - 1 between days_before.start_date and days_before.end_date
    inner join {{ with_person_id(ref('int_living_time')) }} as days_at_end
        on
            pieces.person_id = days_at_end.person_id
            and pieces.own_to between days_at_end.start_date and days_at_end.end_date
    left join {{ with_person_id(ref('int_dagpenge_hours')) }} as hours_before
        on
            pieces.person_id = hours_before.person_id
            and pieces.own_from - 1 between hours_before.start_date and hours_before.until_date
    left join {{ with_person_id(ref('int_dagpenge_hours')) }} as hours_at_end
        on
            pieces.person_id = hours_at_end.person_id
            and pieces.own_to between hours_at_end.start_date and hours_at_end.until_date
)

select * from final
