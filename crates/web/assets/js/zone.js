// Set-up offers the time zone that the browser knows.

export const watchZone = () => {
  const select = document.querySelector("[data-zone] select");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select && [...select.options].some((option) => option.value === zone)) select.value = zone;
};
