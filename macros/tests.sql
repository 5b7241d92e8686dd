{# A table has at most one row per key. Rows are the repeated keys. #}
{% test unique_key(model, columns) %}
    select {{ columns | join(', ') }}, count(*) as repeated
    from {{ model }}
    group by {{ columns | join(', ') }}
    having count(*) > 1
{% endtest %}
