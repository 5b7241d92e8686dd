select person_id, ydelsestype, periode_start, periode_slut, timer, forsikringsart, akassekode, arbejdsfordeling
from insured_payment
where is_in_ram
order by person_no, periode_start, periode_slut, timer, ydelsestype
