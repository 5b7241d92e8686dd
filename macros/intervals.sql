{#
    The three operations on inclusive intervals [start_date, end_date] that every timeline in this warehouse is made with.
    Each takes the name of a relation or CTE and returns a select.
#}

{#
    Merge intervals by one sort: the running maximum of earlier ends tells where a new group begins.
    keys: columns that must be equal. breaks_when: condition on start_date and latest_end_before (the latest end among
    the earlier rows of the group) under which a row begins a new group; default: at least one day between.
#}
{% macro merge_intervals(relation, keys, breaks_when='start_date > latest_end_before + 1') %}
    select
        {{ keys | join(', ') }},
        start_date,
        coalesce(
            lead(latest_end_before) over (partition by {{ keys | join(', ') }} order by start_date),
            latest_end
        ) as end_date
    from (
        select
            {{ keys | join(', ') }},
            start_date,
            max(end_date) over (
                partition by {{ keys | join(', ') }} order by start_date, end_date desc
                rows between unbounded preceding and 1 preceding
            ) as latest_end_before,
            max(end_date) over (
                partition by {{ keys | join(', ') }} order by start_date, end_date desc
                rows between unbounded preceding and unbounded following
            ) as latest_end
        from {{ relation }}
    ) as ordered
    where latest_end_before is null or {{ breaks_when }}
{% endmacro %}

{#
    Cut every interval where a cover begins or ends: one row per piece, is_covered telling on which side it lies.
    The cover's intervals must not touch or overlap within a key (merge them first).
    columns: the relation's columns besides the dates. cover_keys: the columns both have in common.
#}
{% macro split_by_cover(relation, columns, cover, cover_keys=['person_key']) %}
    {%- set keys = cover_keys | join(', ') %}
    select
        {% for column in columns %}interval_to_split.{{ column }}, {% endfor %}
        greatest(interval_to_split.start_date, coalesce(stretch.start_date, interval_to_split.start_date)) as start_date,
        least(interval_to_split.end_date, coalesce(stretch.end_date, interval_to_split.end_date)) as end_date,
        coalesce(stretch.is_covered, false) as is_covered
    from {{ relation }} as interval_to_split
    left join (
        select {{ keys }}, true as is_covered, start_date, end_date
        from {{ cover }}
        union all
        select
            {{ keys }},
            false as is_covered,
            end_date + 1 as start_date,
            coalesce(lead(start_date) over (partition by {{ keys }} order by start_date) - 1, {{ forever() }}) as end_date
        from {{ cover }}
        union all
        select {{ keys }}, false as is_covered, {{ before_time() }} as start_date, min(start_date) - 1 as end_date
        from {{ cover }}
        group by {{ keys }}
    ) as stretch
        on
            {% for key in cover_keys %}interval_to_split.{{ key }} = stretch.{{ key }} and {% endfor %}
            interval_to_split.start_date <= stretch.end_date
            and interval_to_split.end_date >= stretch.start_date
{% endmacro %}

{#
    Make overlapping rows of a person a set of stretches with one value each: where several hold, the latest start
    holds, then the latest end, then the largest value. Days no row covers have no stretch.
#}
{% macro latest_holds(relation, value) %}
    select
        boundary.person_key,
        boundary.start_date,
        boundary.end_date,
        arg_max(held.{{ value }}, (held.start_date, held.end_date, held.{{ value }})) as {{ value }}
    from (
        select
            person_key,
            boundary_date as start_date,
            lead(boundary_date) over (partition by person_key order by boundary_date) - 1 as end_date
        from (
            select person_key, start_date as boundary_date
            from {{ relation }}
            union
            select person_key, end_date + 1 as boundary_date
            from {{ relation }}
        ) as boundaries
    ) as boundary
    inner join {{ relation }} as held
        on
            boundary.person_key = held.person_key
            and boundary.start_date >= held.start_date
            and boundary.end_date <= held.end_date
    group by boundary.person_key, boundary.start_date, boundary.end_date
{% endmacro %}

{# The rows of a staging model as known on the as-of date: later starts are ignored, later or open ends are cut. #}
{% macro known_rows(model) %}
    select known.* replace (least(coalesce(known.end_date, as_of.as_of_date), as_of.as_of_date) as end_date)
    from {{ model }} as known
    cross join {{ ref('int_as_of') }} as as_of
    where known.start_date <= as_of.as_of_date
{% endmacro %}
