import { lazy, Suspense } from 'react'
import { Route, Routes } from 'react-router'
import { SessionGate } from '../features/session/index.ts'
import { Lines } from '../ui/index.ts'
import { Frame } from './frame/Frame.tsx'
import { DeskPage } from './pages/DeskPage.tsx'

const SignInPage = lazy(() => import('./pages/SignInPage.tsx'))
const SetupPage = lazy(() => import('./pages/SetupPage.tsx'))
const CustomersPage = lazy(() => import('./pages/CustomersPage.tsx'))
const CustomerPage = lazy(() => import('./pages/CustomerPage.tsx'))
const ContactsPage = lazy(() => import('./pages/ContactsPage.tsx'))
const ContactPage = lazy(() => import('./pages/ContactPage.tsx'))
const TicketsPage = lazy(() => import('./pages/TicketsPage.tsx'))
const TicketPage = lazy(() => import('./pages/TicketPage.tsx'))
const BoardPage = lazy(() => import('./pages/BoardPage.tsx'))
const SettingsPage = lazy(() => import('./pages/SettingsPage.tsx'))
const NoPage = lazy(() => import('./pages/NoPage.tsx'))

/** Every address of the application. */
export function Pages() {
  return (
    <Suspense fallback={<Lines count={6} />}>
      <Routes>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/setup" element={<SetupPage />} />
        <Route
          element={
            <SessionGate>
              <Frame />
            </SessionGate>
          }
        >
          <Route index element={<DeskPage />} />
          <Route path="customers" element={<CustomersPage />} />
          <Route path="customers/:customerId" element={<CustomerPage />} />
          <Route path="contacts" element={<ContactsPage />} />
          <Route path="contacts/:contactId" element={<ContactPage />} />
          <Route path="tickets" element={<TicketsPage />} />
          <Route path="tickets/:ticketId" element={<TicketPage />} />
          <Route path="board" element={<BoardPage />} />
          <Route path="settings/*" element={<SettingsPage />} />
          <Route path="*" element={<NoPage />} />
        </Route>
      </Routes>
    </Suspense>
  )
}
