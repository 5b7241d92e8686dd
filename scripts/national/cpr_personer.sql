-- Persons with a benefit; one in a thousand lacks the birth date altogether, a few stand twice.
with rows as (
    select person_no, person_id, foedselsdato, 0 as copy from person
    union all
    select person_no, person_id, foedselsdato + 1 as foedselsdato, 1 as copy from person
    where fault('birth', person_no, 0, 0) in (1, 2)
)

select
    person_id,
    case when fault('birth', person_no, 0, 0) = 3 then date '1066-10-14' else foedselsdato end as foedselsdato,
from rows
where
    draw('no birth', person_no, 0, 0) >= 0.001
    and person_no in (select person_no from episode)
order by person_no, copy
