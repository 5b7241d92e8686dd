{# V-03: a goal missed at selection has come the required part of the way to the limit of the year assessed. #}
{% macro is_half_way(goal, share) -%}
    coalesce(
        states.selection_misses_{{ goal }}_limit
        and (states.selection_{{ share }} - figures.{{ share }}) * 100
        >= (states.selection_{{ share }} - cast(figures.{{ goal }}_limit as decimal(12, 10)))
        * {{ legal_parameter('required_improvement') }},
        false
    )
{%- endmacro %}

{# What was so in the year of selection: taken in that year, carried along in the years after. #}
{% macro at_selection(figure, carried) -%}
    case when moved.transition = 'selected' then {{ figure }} else moved.{{ carried }} end
{%- endmacro %}

{# A share as a percentage with one decimal, for a sentence. #}
{% macro percent_text(share) -%}
    coalesce(printf('%.1f %%', {{ share }} * 100), 'no figure')
{%- endmacro %}

{# A deadline of the year after, or null where the status has none. #}
{% macro deadline_date(name) -%}
    max(make_date(states.goal_year + deadlines.years_after, deadlines.due_month, deadlines.due_day))
    filter (where deadlines.deadline = '{{ name }}')
{%- endmacro %}
