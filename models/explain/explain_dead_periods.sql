-- Grain: person x measured month x group x dead period (død periode) in the spell to L. Rules: D-01, D-02, D-03.
-- What makes the days dead, and the clock units they take; a day that two periods hold is taken by the one that starts first.
with known_absences as ({{ known_rows(ref('stg_tass__absences')) }}),

hour_rows as (
    select *, 'hours' as clock_unit
    from {{ with_person_id(ref('int_dagpenge_hour_rows')) }} as hour_rows
),

dead_rows as (
    select
        absences.person_id,
        absences.absence_code as dead_code,
        codes.absence_name_da as name_da,
        codes.absence_name_da as name_en,
        'dead_absence' as dead_period,
        greatest(absences.start_date, codes.valid_from) as start_date,
        least(absences.end_date, codes.valid_to) as end_date
    from known_absences as absences
    inner join {{ ref('dead_absence_codes') }} as codes
        on
            absences.absence_code = codes.absence_code
            and absences.start_date <= codes.valid_to
            and absences.end_date >= codes.valid_from
    union all
    select
        persons.person_id,
        calendar_dead_periods.dead_period as dead_code,
        names.name_da,
        names.name_en,
        'dead_for_everyone' as dead_period,
        calendar_dead_periods.start_date,
        calendar_dead_periods.end_date
    from {{ ref('int_persons') }} as persons
    cross join {{ ref('calendar_dead_periods') }} as calendar_dead_periods
    inner join {{ ref('code_names') }} as names
        on names.code_list = 'dead_period' and calendar_dead_periods.dead_period = names.code
),

ordered_rows as (
    select
        *,
        max(end_date) over (
            partition by person_id order by start_date asc, end_date desc rows between unbounded preceding and 1 preceding
        ) as taken_through
    from dead_rows
),

month_rows as (
    select
        {{ month_columns('months') }},
        months.clock_unit,
        ordered_rows.dead_code,
        ordered_rows.name_da,
        ordered_rows.name_en,
        ordered_rows.dead_period,
        greatest(ordered_rows.start_date, months.spell_start_date) as from_date,
        least(ordered_rows.end_date, months.measurement_date) as to_date,
        greatest(ordered_rows.start_date, ordered_rows.taken_through + 1, months.spell_start_date) as taken_from
    from {{ ref('int_explained_months') }} as months
    inner join ordered_rows
        on
            months.person_id = ordered_rows.person_id
            and months.measurement_date >= ordered_rows.start_date
            and months.spell_start_date <= ordered_rows.end_date
),

hours_taken as (
    select
        month_rows.*,
        sum(
            {{ row_hundredths_between('hour_rows', 'month_rows.taken_from', 'month_rows.to_date', 'weekdays_through') }}
        ) as hundredths_taken
    from month_rows
    left join hour_rows
        on
            month_rows.person_id = hour_rows.person_id
            and month_rows.clock_unit = hour_rows.clock_unit
            and month_rows.taken_from <= hour_rows.end_date
            and month_rows.to_date >= hour_rows.start_date
    group by all
),

taken_units as (
    select
        *,
        case
            when taken_from > to_date then 0
            when clock_unit = 'hours' then coalesce(hundredths_taken, 0)
            else to_date - taken_from + 1
        end as units_taken
    from hours_taken
),

final as (
    select
        {{ month_columns('taken_units') }},
        taken_units.dead_code,
        taken_units.from_date,
        taken_units.to_date,
        {{ as_amount('taken_units.units_taken', 'taken_units.clock_unit') }} as amount,
        taken_units.clock_unit as unit,
        false as is_counted,
        {{ told([
            named('taken_units'), 'taken_units.dead_code', units_text('taken_units.units_taken', 'taken_units.clock_unit'),
        ]) }}
    from taken_units
    left join {{ ref('explanation_sentences') }} as sentences on taken_units.dead_period = sentences.sentence
)

select * from final
