# El marco del escritorio: la navegación y lo que dice cada una de sus páginas.
desk-nav-home = Inicio
desk-nav-queue = Cola
desk-nav-new = Nueva devolución
desk-nav-dock = Recepción
desk-nav-money = Pagos
desk-nav-stock = Existencias
desk-nav-jobs = Tareas
desk-nav-security = Seguridad
desk-nav-ledger = Registro
desk-nav-behind = Entre bastidores
desk-sandbox = Datos de demostración: nada de esto es real.
desk-col-client = Cliente
desk-nav-approvals = Aprobaciones
desk-nav-clocks = Plazos
lawdesk-title = Mesa jurídica
desk-help-count = Indique un número entero
desk-help-amount = Indique un importe como 12,50
help-choice = uno de los valores que nombra la descripción

# Pages of the house in the menu
account-title = Mi cuenta
limits-title = Límites
people-title = Personas
privacy-title = Datos personales
