-- Residence since before 2017, and after a move. Three persons in a thousand have none, a few live at 000 or at a code
-- outside the 98, and some moves overlap or leave a gap.
with rows as (
    select
        person_no,
        person_id,
        case
            when draw('odd home', person_no, 0, 0) < 0.0005 then '000'
            when draw('odd home', person_no, 0, 0) < 0.0010 then '998'
            else kommunekode
        end as kommunekode,
        date '2016-12-31' - floor(9000 * draw('lives since', person_no, 0, 0))::integer as fra_dato,
        case
            when draw('odd move', person_no, 0, 0) < 0.01 then moved_on - 21
            when draw('odd move', person_no, 0, 0) < 0.02 then moved_on + 10
            else moved_on - 1
        end as til_dato
    from person
    union all
    select person_no, person_id, new_kommunekode as kommunekode, moved_on as fra_dato, null as til_dato
    from person
    where moved_on is not null
)

select
    person_id,
    faulty_municipality(kommunekode, fault('home', person_no, fra_dato - date '1980-01-01', 0)) as kommunekode,
    fra_dato,
    case
        when fault('home', person_no, fra_dato - date '1980-01-01', 0) = 4 then date '9999-12-31'
        else til_dato
    end as til_dato,
from rows
where
    draw('no home', person_no, 0, 0) >= 0.003
    and person_no in (select person_no from episode)
order by person_no, fra_dato
